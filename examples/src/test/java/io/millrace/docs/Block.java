package io.millrace.docs;

import java.util.List;

/**
 * A fenced block.
 *
 * @param page where it is
 * @param line the line of its fence, from 1
 * @param language the word after the fence; empty for none
 * @param lines what is between the fences
 */
record Block(Page page, int line, String language, List<String> lines) {

    String text() {
        return String.join("\n", lines) + "\n";
    }

    /** Returns {@code docs/concepts.md:12}. */
    String place() {
        return page.path() + ":" + line;
    }
}
