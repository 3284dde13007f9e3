"""Why a file is refused: each kind of file by its true name."""

from fiveless.errors import UnreadableFileError
from fiveless.finding import RULES
from fiveless.language import Words

NO_WORKBOOK = Words("中身が表計算の形式ではない", "its content is none that a spreadsheet writes")
WORD = Words("Word の文書", "a Word document")
POWERPOINT = Words("PowerPoint のスライド", "a PowerPoint presentation")
MESSAGE = Words("Outlook のメール", "an Outlook message")
OTHER_OLE = Words("ほかのソフトの文書（OLE 形式）", "a document of another program (OLE)")
OLD_EXCEL = Words("Excel 95 以前の古いブック", "a workbook of Excel 95 or older")
NUMBERS = Words("Apple Numbers の書類", "an Apple Numbers document")
OPEN_DOCUMENT = Words("表計算でない OpenDocument の文書", "an OpenDocument file that is no spreadsheet")
ZIP = Words("ZIP ファイル", "a ZIP archive")
ARCHIVE = Words("圧縮ファイル", "an archive")
PDF = Words("PDF", "a PDF")
IMAGE = Words("画像", "an image")
WEB_ARCHIVE = Words("Web アーカイブ（MHTML）", "a web archive (MHTML)")
XML_2003 = Words("XML スプレッドシート 2003", "an XML Spreadsheet 2003")
XML = Words("XML ファイル", "an XML file")
RICH_TEXT = Words("リッチテキスト（RTF）", "rich text (RTF)")
PROGRAM = Words("プログラム", "a program")


def refused(code: str, **fields: str | Words) -> UnreadableFileError:
    """The error that refuses a file with the sentence of a rule."""
    return UnreadableFileError(code, RULES[code].says.filled(**fields), fields)


def other(kind: Words) -> UnreadableFileError:
    """The error that refuses a file which is something else than a workbook."""
    return refused("F09", kind=kind)


def broken(reason: str | Words) -> UnreadableFileError:
    """The error that refuses a file whose end or inner part is missing or damaged."""
    return refused("F10", reason=reason if isinstance(reason, Words) else reason.split("\n")[0][:80])
