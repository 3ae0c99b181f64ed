package io.millrace.cli.internal.terminal;

/** How text looks: coloured on a terminal, plain anywhere else. */
public enum Style {
    /** As it is. */
    PLAIN,
    /** With ANSI colours. */
    COLOURED;

    public String strong(String text) {
        return code("1", text);
    }

    public String faint(String text) {
        return code("2", text);
    }

    public String good(String text) {
        return code("32", text);
    }

    public String bad(String text) {
        return code("31", text);
    }

    public String warning(String text) {
        return code("33", text);
    }

    public String place(String text) {
        return code("36", text);
    }

    private String code(String number, String text) {
        return this == PLAIN || text.isEmpty() ? text : "\u001b[" + number + "m" + text + "\u001b[0m";
    }
}
