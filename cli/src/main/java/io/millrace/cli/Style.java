package io.millrace.cli;

/** How text looks: coloured on a terminal, plain anywhere else. */
enum Style {
    /** As it is. */
    PLAIN,
    /** With ANSI colours. */
    COLOURED;

    String strong(String text) {
        return code("1", text);
    }

    String faint(String text) {
        return code("2", text);
    }

    String good(String text) {
        return code("32", text);
    }

    String bad(String text) {
        return code("31", text);
    }

    String warning(String text) {
        return code("33", text);
    }

    String place(String text) {
        return code("36", text);
    }

    private String code(String number, String text) {
        return this == PLAIN || text.isEmpty() ? text : "\u001b[" + number + "m" + text + "\u001b[0m";
    }
}
