package io.millrace.config;

/** Cuts a HOCON text into its tokens. A text that is no HOCON is cut somehow: what is wrong with it, the parser says. */
final class HoconLexer {

    /** What a token is. */
    enum Kind {
        LINE_END,
        COMMA,
        OPEN_OBJECT,
        CLOSE_OBJECT,
        OPEN_LIST,
        CLOSE_LIST,
        /** The sign = or : after a key. */
        IS,
        /** The sign += after a key. */
        APPEND,
        /** A text in quotes, one or three at each end. */
        QUOTED,
        /** {@code ${path}} or {@code ${?path}}. */
        REFERENCE,
        /** Anything else up to the next blank or sign. */
        WORD,
        END
    }

    /**
     * One token.
     *
     * @param start where it begins in the text
     * @param end where it has ended
     * @param line the line in which it begins, from 1
     * @param column the column in which it begins, from 1
     * @param spaced whether blanks stand before it
     */
    record Token(Kind kind, int start, int end, int line, int column, boolean spaced) {}

    private static final String TRIPLE = "\"\"\"";

    private final String text;
    private int at;
    private int line = 1;
    private int lineStart;

    HoconLexer(String text) {
        this.text = text;
    }

    /** Returns the next token; END for ever after the last one. */
    Token next() {
        int before = at;
        skipBlanks();
        int start = at;
        int startLine = line;
        int column = start - lineStart + 1;
        Kind kind = at == text.length() ? Kind.END : pass(text.charAt(at));
        return new Token(kind, start, at, startLine, column, start > before);
    }

    private void skipBlanks() {
        while (at < text.length() && isBlank(text.charAt(at))) {
            at++;
        }
        if (comments(at)) {
            int end = text.indexOf('\n', at);
            at = end < 0 ? text.length() : end;
        }
    }

    /** Moves behind the token that begins with a character. */
    private Kind pass(char first) {
        switch (first) {
            case '\n' -> {
                at++;
                line++;
                lineStart = at;
                return Kind.LINE_END;
            }
            case '"' -> {
                passQuoted();
                return Kind.QUOTED;
            }
            default -> {
                if (begins("${")) {
                    passReference();
                    return Kind.REFERENCE;
                }
                Kind sign = sign(first);
                if (sign == Kind.WORD) {
                    passWord();
                } else {
                    at += sign == Kind.APPEND ? 2 : 1;
                }
                return sign;
            }
        }
    }

    private Kind sign(char first) {
        return switch (first) {
            case ',' -> Kind.COMMA;
            case '{' -> Kind.OPEN_OBJECT;
            case '}' -> Kind.CLOSE_OBJECT;
            case '[' -> Kind.OPEN_LIST;
            case ']' -> Kind.CLOSE_LIST;
            case '=', ':' -> Kind.IS;
            default -> begins("+=") ? Kind.APPEND : Kind.WORD;
        };
    }

    /** More than three quotes at the end of a text in three quotes are part of it. */
    private void passQuoted() {
        if (begins(TRIPLE)) {
            int end = text.indexOf(TRIPLE, at + TRIPLE.length());
            end = end < 0 ? text.length() : end + TRIPLE.length();
            while (end < text.length() && text.charAt(end) == '"') {
                end++;
            }
            for (int next = text.indexOf('\n', at); next >= 0 && next < end; next = text.indexOf('\n', next + 1)) {
                line++;
                lineStart = next + 1;
            }
            at = end;
            return;
        }
        for (at++; at < text.length() && text.charAt(at) != '\n'; at++) {
            if (text.charAt(at) == '"') {
                at++;
                return;
            }
            if (text.charAt(at) == '\\' && at + 1 < text.length() && text.charAt(at + 1) != '\n') {
                at++;
            }
        }
    }

    private void passReference() {
        for (at += 2; at < text.length() && text.charAt(at) != '\n'; ) {
            if (text.charAt(at) == '"') {
                passQuoted();
            } else if (text.charAt(at++) == '}') {
                return;
            }
        }
    }

    private void passWord() {
        do {
            at++;
        } while (at < text.length() && continuesWord(text.charAt(at)));
    }

    private boolean continuesWord(char next) {
        return next != '\n'
                && next != '"'
                && !isBlank(next)
                && sign(next) == Kind.WORD
                && !begins("${")
                && !comments(at);
    }

    private boolean comments(int position) {
        return text.startsWith("#", position) || text.startsWith("//", position);
    }

    private boolean begins(String sign) {
        return text.startsWith(sign, at);
    }

    /** All blanks of Unicode, those that do not break lines too, as HOCON has it. */
    private static boolean isBlank(char c) {
        return c != '\n' && (Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\uFEFF');
    }
}
