"""The sentences with which files are refused (ux 13.2), each saying what to do; when they are said is the checks'."""

EMPTY = "The file is empty. Choose another one"
TOO_LARGE = "The file must be smaller than 20 MB"
OLDER = "This file is in the format of an older Word or Excel. Save it as .docx or .xlsx, then add that"
MACROS = "This file holds macros. Save it as .docx or .xlsx, without macros, then add that"
PROTECTED = "This file is protected by a password. Take the password off, then add it again"
OTHER_CONTENT = "The end of the file's name and what is in the file do not agree. Save it again from its own program"
DAMAGED = "This file is damaged and cannot be read. Save it again from its own program"
NOT_READ = "This file could not be read. Save it again from its own program, then add that"
NOT_NOW = "The file cannot be looked at just now, so it was not taken. Try again in a minute"
TOO_MUCH = "This file unpacks to more than the service takes. Save it again with less in it"
TOO_LONG = "This file takes too long to check. Save it again with less in it"
FOREIGN_PARTS = "This file holds parts that its own program does not write, so it was not taken. Save it again"
FETCHES = "This file fetches parts of itself from the web when it is opened, so it was not taken"
PROGRAM = "This file holds a program, so it was not taken. Take the program out, then add it again"
SCANNER_REFUSED = "The virus scanner refused this file"
SCANNER_SILENT = "The virus scanner does not answer just now, so the file was not taken. Try again in a minute"


class RefusedFileError(Exception):
    """A file that is not taken, with the sentence that says why."""

    def __init__(self, sentence: str) -> None:
        """Take the sentence to show."""
        super().__init__(sentence)
        self.sentence = sentence
