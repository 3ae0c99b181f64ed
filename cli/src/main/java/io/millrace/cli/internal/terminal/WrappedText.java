package io.millrace.cli.internal.terminal;

import java.util.ArrayList;
import java.util.List;

/** Text in lines that fit a terminal; words stay whole, and one that is longer than a line has a line of its own. */
public final class WrappedText {

    /** Of a terminal that does not say how wide it is. */
    static final int COLUMNS = 80;

    private WrappedText() {}

    /** Returns the lines, of which those after the first are indented by two more blanks. */
    public static List<String> lines(String indent, String text) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder(indent);
        boolean empty = true;
        for (String word : text.split(" ", -1)) {
            if (!empty && line.length() + 1 + word.length() > COLUMNS) {
                lines.add(line.toString());
                line = new StringBuilder(indent + "  ");
                empty = true;
            }
            line.append(empty ? "" : " ").append(word);
            empty = false;
        }
        lines.add(line.toString());
        return lines;
    }
}
