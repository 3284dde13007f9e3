"""Protected workbooks, opened with the passwords that are given."""

import io
from collections.abc import Sequence

from fiveless.workbook.refusal import refused

_OF_EXCEL = "VelvetSweatshop"  # Excel itself protects with it what is only «recommended to be read», and opens it without asking


def opened(content: bytes, passwords: Sequence[str]) -> bytes:
    """The content without its protection; UnreadableFileError if no password fits, its kind of protection
    cannot be undone, or the library for it is not installed.
    """
    try:
        from msoffcrypto.exceptions import DecryptionError, InvalidKeyError
    except ImportError as error:
        raise refused("F13" if passwords else "F03") from error
    for password in (_OF_EXCEL, *passwords):
        try:
            return _decrypted(content, password)
        except (InvalidKeyError, DecryptionError):
            continue
        except Exception as error:
            raise refused("F23" if passwords else "F03") from error
    raise refused("F12" if passwords else "F03")


def _decrypted(content: bytes, password: str) -> bytes:
    import msoffcrypto
    from msoffcrypto.format.ooxml import OOXMLFile

    protected, plain = msoffcrypto.OfficeFile(io.BytesIO(content)), io.BytesIO()
    checked = {"verify_password": True} if isinstance(protected, OOXMLFile) else {}
    protected.load_key(password=password, **checked)
    protected.decrypt(plain)
    return plain.getvalue()
