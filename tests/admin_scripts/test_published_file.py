"""A publication is read back from its file as it was written."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from admin_scripts.publication import Publication
from admin_scripts.published_file import publication_in, read_published, text_of, write_publication
from admin_scripts.refusal import Refused


@settings(max_examples=5, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.from_type(Publication))
def test_what_is_written_is_read(publication):
    """Every field of every kind of part, with nothing in it and with anything."""
    read = publication_in(text_of(publication))
    assert type(read.field) is type(publication.field)
    assert text_of(read) == text_of(publication)


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"colloquio": "publication", "format": 1}', "nonsense"])
def test_what_is_no_publication_is_refused_in_words(text, tmp_path):
    """A file that was cut off or is something else is not taken for an empty one."""
    (tmp_path / "x.published.json").write_text(text)
    with pytest.raises(Refused, match=r"x\.published\.json cannot be read"):
        read_published(tmp_path)


@settings(max_examples=1, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(st.from_type(Publication))
def test_all_of_a_folder_are_found(tmp_path, publication):
    """Also those in folders of the folder, in the order of their names."""
    (tmp_path / "inner").mkdir(exist_ok=True)
    paths = [tmp_path / "b.published.json", tmp_path / "inner" / "a.published.json"]
    for path in paths:
        write_publication(publication, path)
    assert list(read_published(tmp_path)) == paths
