package io.millrace.docs;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A fenced block.
 *
 * @param page where it is
 * @param line the line of its fence, from 1
 * @param language the word after the fence; empty for none
 * @param lines what is between the fences
 */
record Block(Page page, int line, String language, List<String> lines) {

    private static final Pattern SAVE_AS = Pattern.compile("[Ss]ave this as `([\\w.-]+)`");

    /** Whether it holds commands, whatever it is called. */
    boolean commands() {
        return language.equals("shell")
                || (language.isEmpty() && lines.stream().anyMatch(line -> line.matches("(\\./millrace|mvn|java) .*")));
    }

    /** Returns the name under which the line before asks to save it. */
    Optional<String> file() {
        String before = page.lines().subList(Math.max(0, line - 3), line - 1).toString();
        Matcher name = SAVE_AS.matcher(before);
        return name.find() ? Optional.of(name.group(1)) : Optional.empty();
    }

    String text() {
        return String.join("\n", lines) + "\n";
    }

    /** Returns {@code docs/concepts.md:12}. */
    String place() {
        return page.path() + ":" + line;
    }
}
