package io.millrace.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compares the page on the command line with what the commands say of themselves. */
@Tag("processes")
class CommandLineIT {

    private static final Pattern COMMAND = Pattern.compile("^  ([a-z-]+)  +.*");
    private static final Pattern OPTION = Pattern.compile("^  (?:-\\w, |    )(--[a-z-]+(?:=\\S+)?).*");

    private final Page page = Page.at("docs/command-line.md");

    @Test
    void everyCommandIsThereWithItsOptions(@TempDir Path folder) throws Exception {
        try (Checkout checkout = Checkout.in(folder)) {
            List<String> commands = commands(checkout);
            Set<String> common = options("Options that every command knows:");
            List<String> wrong = new ArrayList<>();

            for (String command : commands) {
                List<String> help =
                        checkout.millrace("./millrace " + command + " --help").out();
                if (help.contains("Commands:")) {
                    for (String below : listed(help)) {
                        compare(command + " " + below, checkout, common, wrong);
                    }
                } else {
                    compare(command, help, common, wrong);
                }
            }

            assertThat(wrong).isEmpty();
        }
    }

    private void compare(String command, Checkout checkout, Set<String> common, List<String> wrong) throws Exception {
        compare(command, checkout.millrace("./millrace " + command + " --help").out(), common, wrong);
    }

    private void compare(String command, List<String> help, Set<String> common, List<String> wrong) {
        Set<String> known = find(OPTION, help);
        Set<String> documented = options((command.contains(" ") ? "### " : "## ") + command);
        documented.addAll(common);
        if (!documented.equals(known)) {
            wrong.add(command + " has " + known + " but the page " + documented);
        }
    }

    private static Set<String> listed(List<String> help) {
        return find(COMMAND, help.subList(help.indexOf("Commands:") + 1, help.size()));
    }

    private List<String> commands(Checkout checkout) throws Exception {
        List<String> commands =
                List.copyOf(listed(checkout.millrace("./millrace --help").out()));
        assertThat(page.lines())
                .containsAll(commands.stream().map(command -> "## " + command).toList());
        return commands;
    }

    /** Options as the help writes them: {@code --set=PATH=VALUE}. */
    private Set<String> options(String heading) {
        return page.table(heading).stream()
                .map(row -> row.get(0).replaceFirst("^-\\w, ", "").replaceFirst(" ", "="))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> find(Pattern pattern, List<String> lines) {
        return lines.stream()
                .map(pattern::matcher)
                .filter(Matcher::matches)
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
