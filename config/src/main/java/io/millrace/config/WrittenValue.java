package io.millrace.config;

import java.util.Optional;

/**
 * Finds a text that a user wrote as a value in the file around it, so that a place within the text becomes a place in the file. The text is compared
 * with the file; where the two differ other than in white space and in escaped quotes, as they do where the text is put together from several
 * parts, nothing is found.
 *
 * @param file what the file holds
 * @param text the value as it was read
 */
record WrittenValue(String file, String text) {

    /** How far behind its key a value may begin: there may be comments in between. */
    private static final int FARTHEST = 2_000;

    /**
     * Returns where in the file a character of the text stands, counted from 0.
     *
     * @param from where in the file the value may begin
     */
    Optional<Integer> find(int from, int offset) {
        int first = firstOther(0);
        if (first == text.length() || offset < first || offset >= text.length()) {
            return Optional.empty();
        }
        int last = Math.min(file.length(), from + FARTHEST);
        for (int start = from; start < last; start++) {
            if (file.charAt(start) == text.charAt(first) && !isWord(start - 1, start)) {
                int found = aligned(start, first, offset);
                if (found >= 0) {
                    return Optional.of(found);
                }
            }
        }
        return Optional.empty();
    }

    /** Returns where the character stands if the whole text stands at a place of the file, else a negative number. */
    private int aligned(int start, int first, int offset) {
        int found = -1;
        int at = start;
        for (int i = first; i < text.length(); i++) {
            char wanted = text.charAt(i);
            if (Character.isWhitespace(wanted)) {
                i = firstOther(i) - 1;
                at = firstOtherOfFile(at);
                continue;
            }
            if (at < file.length() - 1 && file.charAt(at) == '\\' && file.charAt(at + 1) == wanted) {
                at++;
            }
            if (at >= file.length() || file.charAt(at) != wanted) {
                return -1;
            }
            found = i <= offset ? at : found;
            at++;
        }
        return isWord(at - 1, at) ? -1 : found;
    }

    /** Whether two neighbours in the file belong to one word. */
    private boolean isWord(int left, int right) {
        return left >= 0
                && right < file.length()
                && Character.isJavaIdentifierPart(file.charAt(left))
                && Character.isJavaIdentifierPart(file.charAt(right));
    }

    private int firstOther(int from) {
        int at = from;
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private int firstOtherOfFile(int from) {
        int at = from;
        while (at < file.length() && Character.isWhitespace(file.charAt(at))) {
            at++;
        }
        return at;
    }
}
