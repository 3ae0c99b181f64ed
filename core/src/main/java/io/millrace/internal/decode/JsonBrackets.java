package io.millrace.internal.decode;

/** Where JSON texts in UTF-8 begin and end, told by brackets and quotes alone. Runs on executors. */
final class JsonBrackets {

    private JsonBrackets() {}

    /** Returns the first place from {@code start} that is not blank; the length where there is none. */
    static int skipBlanks(byte[] text, int start) {
        int i = start;
        while (i < text.length && isBlank(text[i])) {
            i++;
        }
        return i;
    }

    /** Returns the place behind the last one before {@code end} that is not blank; {@code start} where there is none. */
    static int trimmed(byte[] text, int start, int end) {
        int i = end;
        while (i > start && isBlank(text[i - 1])) {
            i--;
        }
        return i;
    }

    /** Returns the place behind the bracket that closes the one at {@code start}; -1 where there is none. */
    static int endOfBrackets(byte[] text, int start) {
        int depth = 0;
        for (int i = start; i < text.length; i++) {
            byte c = text[i];
            if (isQuote(c)) {
                i = endOfText(text, i);
            } else if (opens(c)) {
                depth++;
            } else if (closes(c)) {
                depth--;
                if (depth == 0) {
                    return i + 1;
                }
            }
        }
        return -1;
    }

    /** Returns the place of the comma or bracket that ends the element of a list which begins at {@code start}; the length where there is none. */
    static int endOfElement(byte[] text, int start) {
        int depth = 0;
        for (int i = start; i < text.length; i++) {
            byte c = text[i];
            if (isQuote(c)) {
                i = endOfText(text, i);
            } else if (depth == 0 && (c == ',' || c == ']')) {
                return i;
            } else if (opens(c)) {
                depth++;
            } else if (closes(c) && depth > 0) {
                depth--;
            }
        }
        return text.length;
    }

    private static int endOfText(byte[] text, int start) {
        byte quote = text[start];
        int i = start + 1;
        while (i < text.length && text[i] != quote) {
            i += text[i] == '\\' ? 2 : 1;
        }
        return i;
    }

    private static boolean isBlank(byte c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }

    /** Spark's parser takes both, unless it is told not to. */
    private static boolean isQuote(byte c) {
        return c == '"' || c == '\'';
    }

    private static boolean opens(byte c) {
        return c == '{' || c == '[';
    }

    private static boolean closes(byte c) {
        return c == '}' || c == ']';
    }
}
