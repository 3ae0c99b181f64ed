package io.millrace.config;

/** The lines of a text, to turn a place in it into a line and a column, and back. */
record Lines(String text) {

    static Lines of(String text) {
        return new Lines(text);
    }

    /** Returns the place of a character. */
    Location place(String file, int offset) {
        int line = 1;
        int start = 0;
        for (int end = text.indexOf('\n'); end >= 0 && end < offset; end = text.indexOf('\n', start)) {
            line++;
            start = end + 1;
        }
        return new Location(file, line, offset - start + 1);
    }

    /** Returns the character at a place; the first one of its line where the column is not known. */
    int offset(Location place) {
        int start = 0;
        for (int line = 1; line < place.line(); line++) {
            int end = text.indexOf('\n', start);
            if (end < 0) {
                return text.length();
            }
            start = end + 1;
        }
        return Math.min(text.length(), start + Math.max(0, place.column() - 1));
    }
}
