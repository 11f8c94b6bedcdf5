"""How far two or more coders agree on open answers: Krippendorff's alpha, of each code and of sets of codes."""

from collections.abc import Sequence
from typing import Literal, cast

import krippendorff
import numpy as np
from krippendorff.krippendorff import DistanceMetric
from numpy.typing import NDArray

Codes = frozenset[str]
Codings = Sequence[Sequence[Codes | None]]
"""By coder, for each text the codes given to it; None where a coder has not read it."""

NEVER = float("nan")
Level = Literal["nominal"] | DistanceMetric


def alpha_of_code(codings: Codings, code: str) -> float:
    """Alpha of whether a text has this code; nan where nobody or everybody gave it to every text."""
    given = [[NEVER if codes is None else float(code in codes) for codes in coder] for coder in codings]
    return _alpha(np.array(given, dtype=np.float64), "nominal")


def alpha_of_sets(codings: Codings) -> float:
    """Alpha of all codes of a text together, by Passonneau's distance of sets (MASI); nan without any variety."""
    sets = sorted({codes for coder in codings for codes in coder if codes is not None}, key=sorted)
    places = {codes: float(place) for place, codes in enumerate(sets)}
    given = [[NEVER if codes is None else places[codes] for codes in coder] for coder in codings]
    distances = np.array([[masi_distance(one, other) for other in sets] for one in sets])

    def metric(one: NDArray[np.float64], other: NDArray[np.float64], **_: object) -> NDArray[np.float64]:
        return np.asarray(distances[one.astype(np.int64), other.astype(np.int64)])

    return _alpha(np.array(given, dtype=np.float64), cast("DistanceMetric", metric))


def masi_distance(one: Codes, other: Codes) -> float:
    """0 of the same set to 1 of sets with nothing in common; a set inside the other is nearer than two that cross."""
    if one == other:
        return 0.0
    shared = one & other
    if not shared:
        return 1.0
    nearness = 2 / 3 if one <= other or other <= one else 1 / 3
    return 1 - nearness * len(shared) / len(one | other)


def _alpha(given: NDArray[np.float64], level: Level) -> float:
    known = given[:, (~np.isnan(given)).sum(axis=0) > 1]
    if np.unique(known[~np.isnan(known)]).size < 2:  # noqa: PLR2004 - where nothing varies there is nothing to agree on
        return NEVER
    return float(krippendorff.alpha(reliability_data=given, level_of_measurement=level))
