package io.millrace.catalog;

import java.util.regex.Pattern;

/** Names as SQL writes them. */
final class Identifier {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private Identifier() {}

    /** Returns the name, in backticks unless it is a plain word. */
    static String quoted(String name) {
        return PLAIN.matcher(name).matches() ? name : '`' + name.replace("`", "``") + '`';
    }
}
