package io.millrace.internal.decode;

import com.fasterxml.jackson.core.JsonProcessingException;

/** Says what is wrong with a text that is not JSON. */
final class NotJson {

    private NotJson() {}

    /** {@code is not JSON: Unexpected character …}, without a place. */
    static String words(JsonProcessingException wrong) {
        return "is not JSON: " + wrong.getOriginalMessage().replaceFirst(" \\(start marker at \\[Source: .*\\]\\)", "");
    }

    /** The same for a text of several lines, with the place. */
    static String wordsWithLine(JsonProcessingException wrong) {
        return words(wrong) + ", at line " + wrong.getLocation().getLineNr() + ", column "
                + wrong.getLocation().getColumnNr();
    }
}
