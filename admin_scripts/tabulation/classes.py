"""Classes of numbers for a histogram, open at both ends, so that no table shows a smallest or largest number."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

MOST_CLASSES = 8
FEWEST_AT_THE_ENDS = 5
SHARE_AT_THE_ENDS = 0.05


@dataclass(frozen=True, slots=True)
class Classes:
    """The edges: under the first, from one to under the next, ..., from the last on. Whole numbers or not."""

    edges: tuple[float, ...]
    is_whole: bool

    def codes(self) -> tuple[str, ...]:
        """What each class is called in files: "..4", "5..9", "20.."."""
        return self._names("..{}", "{}..{}", "{}..")

    def labels(self) -> tuple[str, ...]:
        """In signs that need no language: "≤ 4", "5–9", "20+", or of numbers not whole "< 5", "5–< 10", "10+"."""
        return self._names("≤ {}" if self.is_whole else "< {}", "{}–{}" if self.is_whole else "{}–< {}", "{}+")

    def place(self, numbers: NDArray[np.float64]) -> NDArray[np.int64]:
        """The class of each number, from 0; of nan it means nothing."""
        return np.asarray(np.searchsorted(self.edges, numbers, side="right"))

    def _names(self, first: str, inner: str, last: str) -> tuple[str, ...]:
        lasts = [edge - 1 if self.is_whole else edge for edge in self.edges]
        between = [
            f"{low:g}" if low == high else inner.format(f"{low:g}", f"{high:g}")
            for low, high in zip(self.edges, lasts[1:], strict=False)
        ]
        return first.format(f"{lasts[0]:g}"), *between, last.format(f"{self.edges[-1]:g}")


def classes_of(numbers: NDArray[np.float64]) -> Classes | None:
    """Round classes of about the same width, with at least five answers at each end; None where there are not two."""
    ordered = np.sort(numbers[~np.isnan(numbers)])
    least = max(FEWEST_AT_THE_ENDS, int(np.ceil(SHARE_AT_THE_ENDS * len(ordered))))
    if len(ordered) < 2 * least:
        return None
    is_whole = bool((ordered == np.round(ordered)).all())
    inner = [
        edge
        for edge in _steps(float(ordered[least]), float(ordered[-least]), is_whole=is_whole)
        if (ordered < edge).sum() >= least <= (ordered >= edge).sum()
    ]
    return Classes(tuple(inner), is_whole) if inner else None


def _steps(low: float, high: float, *, is_whole: bool) -> Sequence[float]:
    """Multiples of 1, 2 or 5 (times a power of ten) around what most answers lie between."""
    if high <= low:
        return [low]
    rough = (high - low) / (MOST_CLASSES - 2)
    power = 10.0 ** np.floor(np.log10(rough))
    width = next(one * power for one in (1, 2, 5, 10) if one * power >= rough * (1 - 1e-9))
    width = max(1.0, width) if is_whole else width
    return [round(float(place * width), 9) for place in range(int(low // width), int(high // width) + 2)]
