"""What respondents send: recognised by content, freed of what photos tell, kept once and durably."""

import asyncio
import struct
import threading

import pytest

from conversations.protocol import Media
from conversations.signatures import recognised
from storage.media import FileTooLarge, MediaFolder, PhotoUnreadable, store
from storage.media.jpeg import without_traces

PICTURE = (
    bytes.fromhex("ffdb0004") + b"\x00\x01" + bytes.fromhex("ffda0004") + b"\x01\x02" + b"data\xff\x00more\xff\xd0rest"
)
SECRET = b"GPS 45.46 9.19"


def segment(marker, body):
    return b"\xff" + bytes([marker]) + struct.pack(">H", len(body) + 2) + body


def exif(side, order=">"):
    """As a phone writes it: which side is up among other things, and where it was."""
    mark = {"<": b"II*\x00", ">": b"MM\x00*"}[order]
    entries = struct.pack(f"{order}HHIHH", 0x010F, 2, 1, 65, 0) + struct.pack(f"{order}HHIHH", 0x0112, 3, 1, side, 0)
    return segment(0xE1, b"Exif\x00\x00" + mark + struct.pack(f"{order}IH", 8, 2) + entries + bytes(4) + SECRET)


def photo(*segments):
    return b"\xff\xd8" + b"".join(segments) + PICTURE + b"\xff\xd9"


async def chunks(*pieces):
    for piece in pieces:
        yield piece


@pytest.mark.parametrize(
    ("head", "declared", "name", "known"),
    [
        (b"\xff\xd8\xff\xe0", "", "", (Media.IMAGE, "jpg")),
        (b"\x89PNG\r\n\x1a\n", "", "x.exe", (Media.IMAGE, "png")),
        (b"GIF89a", "", "", (Media.IMAGE, "gif")),
        (b"RIFF1234WEBPVP8 ", "", "", (Media.IMAGE, "webp")),
        (b"RIFF1234WAVEfmt ", "", "", (Media.AUDIO, "wav")),
        (b"\x00\x00\x00\x18ftypheic", "", "", (Media.IMAGE, "heic")),
        (b"\x00\x00\x00\x18ftypM4A ", "", "", (Media.AUDIO, "m4a")),
        (b"\x00\x00\x00\x18ftypisom", "", "", (Media.VIDEO, "mp4")),
        (b"\x00\x00\x00\x18ftypisom", "audio/mp4", "", (Media.AUDIO, "m4a")),
        (b"\x00\x00\x00\x14ftypqt  ", "", "", (Media.VIDEO, "mov")),
        (b"\x1aE\xdf\xa3....webm", "video/webm", "", (Media.VIDEO, "webm")),
        (b"\x1aE\xdf\xa3....webm", "audio/webm", "", (Media.AUDIO, "webm")),
        (b"OggS....OpusHead", "", "", (Media.AUDIO, "ogg")),
        (b"OggS....\x80theora", "", "", (Media.VIDEO, "ogv")),
        (b"ID3\x03", "", "", (Media.AUDIO, "mp3")),
        (b"\xff\xfb\x90\x00", "", "", (Media.AUDIO, "mp3")),
        (b"\xff\xf1\x50\x80", "", "", (Media.AUDIO, "aac")),
        (b"%PDF-1.7", "image/png", "x.png", (Media.FILE, "pdf")),
        (b"PK\x03\x04", "", "Report.XLSX", (Media.FILE, "xlsx")),
        (b"hello", "image/png", "../../etc/passwd", (Media.FILE, "bin")),
        (b"hello", "", "notes", (Media.FILE, "bin")),
        (b"", "", "a.tar.g/z", (Media.FILE, "bin")),
    ],
)
def test_a_file_is_what_it_begins_with(head, declared, name, known):
    """What its sender says only decides between sound and film in one container, and names what is unknown."""
    assert recognised(head, declared=declared, name=name) == known


def test_a_photo_loses_what_it_tells_and_stays_as_it_is():
    """Where it was taken, comments, and what hangs on behind; colours stay."""
    colours = segment(0xE2, b"ICC_PROFILE\x00\x01\x01colours")
    jfif = segment(0xE0, b"JFIF\x00\x01\x01")
    told = photo(
        jfif, exif(1), segment(0xE1, b"http://ns.adobe.com/xap/1.0/\x00" + SECRET), colours, segment(0xFE, SECRET)
    )
    assert without_traces(told + SECRET) == photo(jfif, colours)


@pytest.mark.parametrize("order", "<>")
def test_a_photo_stays_the_right_way_up(order):
    """The one thing in these data that belongs to the picture."""
    turned = without_traces(photo(exif(6, order)))
    assert SECRET not in turned
    assert turned.endswith(PICTURE + b"\xff\xd9")
    assert without_traces(turned) == turned


@pytest.mark.parametrize(
    "broken", [b"\xff\xd8\xff", b"\xff\xd8\xff\xe1\xff\xff", photo()[:-2], b"\xff\xd8\xff\xe1\x00\x00\x00", b"\xff\xd8"]
)
def test_what_is_no_whole_photo_is_left_alone(broken):
    """It is an answer all the same."""
    assert without_traces(broken) == broken


@pytest.mark.parametrize(
    "filled",
    [
        photo()[:-2] + b"\xff" * 5_000_000,
        b"\xff\xd8" + b"\xff" * 5_000_000,
        b"\xff\xd8" + b"\xff\xda\x00\x02" + b"\xff\x00\xff\xff\xd0" * 1_000_000,
    ],
    ids=["after the picture", "before the picture", "a picture of nothing else"],
)
def test_filling_without_end_is_gone_through_once(filled):
    """Five million bytes that each could begin a marker: sought anew from each, this test would not end."""
    assert without_traces(filled) == filled


def test_filling_before_a_marker_belongs_to_no_segment():
    """As the standard has it: any number of bytes 255."""
    filled = b"\xff" * 5_000_000 + exif(1) + b"\xff" * 9 + PICTURE + b"\xff" * 9 + b"\xff\xd9"
    assert without_traces(b"\xff\xd8" + filled) == b"\xff\xd8" + PICTURE + b"\xff" * 9 + b"\xff\xd9"


async def test_a_photo_in_more_pieces_than_any_picture_is_not_kept(tmp_path):
    """Each would take memory: five million of them a thousand megabytes."""
    media = MediaFolder(tmp_path)
    with pytest.raises(PhotoUnreadable):
        await media.keep(chunks(b"\xff\xd8" + b"\xff\xe5\x00\x02" * 5_000_000))
    assert not [found for found in tmp_path.rglob("*") if found.is_file()]


async def test_only_some_files_are_looked_through_at_once(tmp_path, monkeypatch):
    """However many people send one at the same moment."""
    at_once, most, lock = 0, 0, threading.Lock()
    full = threading.Event()

    def looking(content):
        nonlocal at_once, most
        with lock:
            at_once += 1
            most = max(most, at_once)
            if at_once > 1:
                full.set()
        full.wait(30)
        with lock:
            at_once -= 1
        return content

    monkeypatch.setattr(store, "without_traces", looking)
    media = MediaFolder(tmp_path)
    await asyncio.gather(*(media.keep(chunks(photo(), b"%d" % number)) for number in range(12)))
    assert most == 2


async def test_a_file_is_kept_under_its_hash_once(tmp_path):
    """Readable for its owner only; its time tells nothing."""
    media = MediaFolder(tmp_path / "media")
    kept = await media.keep(chunks(b"%PDF", b"-1.7 text"), name="x.txt")
    assert (await media.keep(chunks(b"%PDF-1.7 text"))).name == kept.name
    path = media.path_of(kept.name)
    assert (path.read_bytes(), path.stat().st_mode & 0o777, path.stat().st_mtime) == (b"%PDF-1.7 text", 0o600, 0)
    assert [found for found in tmp_path.rglob("*") if found.is_file()] == [path]
    assert path.parent.name == kept.name[:2]


async def test_a_file_that_has_come_anew_is_not_deleted_for_the_one_before(tmp_path):
    """It may be another person's answer by now."""
    media = MediaFolder(tmp_path)
    first, second = [await media.keep(chunks(b"%PDF-1.7 text")) for _ in range(2)]
    assert not media.delete(first.name, first.coming)
    assert media.path_of(first.name).is_file()
    assert media.delete(second.name, second.coming)
    assert media.last_coming(second.name) is None


async def test_of_what_is_too_large_or_breaks_off_nothing_is_kept(tmp_path, monkeypatch):
    """No half answers."""
    monkeypatch.setattr(store, "MEGABYTE", 10)

    async def breaking():
        yield b"half"
        raise ConnectionError

    media = MediaFolder(tmp_path, most_megabytes=1)
    with pytest.raises(FileTooLarge):
        await media.keep(chunks(b"123456", b"78901"))
    with pytest.raises(ConnectionError):
        await media.keep(breaking())
    assert not [found for found in tmp_path.rglob("*") if found.is_file()]


async def test_what_a_killed_process_left_is_deleted_later(tmp_path):
    """But nothing that may still be on its way, and no answer."""
    media = MediaFolder(tmp_path)
    kept = await media.keep(chunks(b"GIF89a"))
    half = tmp_path / "part-x"
    half.write_bytes(b"half")
    written = half.stat().st_mtime
    assert media.drop_unfinished(written - 1) == 0
    assert media.drop_unfinished(written + 1) == 1
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == [kept.name]
    assert MediaFolder(tmp_path / "none yet").drop_unfinished(written) == 0
