package io.millrace.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.broker.KafkaBroker;
import io.millrace.testkit.MillraceKafka;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Runs the commands of all pages as a reader would who has a broker, and compares what they print with what the pages show. */
@Tag("processes")
@ExtendWith(MillraceKafka.class)
class CommandsIT {

    /** Commands that are not run here, and the file that sees to them. */
    private static final Map<String, String> COVERED = Map.of("mvn verify", ".ci/run");

    private static final Set<String> LANGUAGES =
            Set.of("shell", "hocon", "yaml", "java", "xml", "json", "text", "mermaid", "");

    /** One checkout for all pages, begun where a reader begins. A command that was run is not run again, unless its output is shown. */
    @Test
    void theCommandsDoWhatThePagesSay(@TempDir Path folder, KafkaBroker broker) throws Exception {
        broker.createTopic("orders", 1);
        try (Checkout checkout = Checkout.in(folder)) {
            Set<String> done = new HashSet<>(COVERED.keySet());
            List<String> wrong = new ArrayList<>();
            List<Page> pages = Stream.concat(
                            Stream.of(Page.at("docs/getting-started.md")), Page.documentation().stream())
                    .distinct()
                    .toList();
            for (Page page : pages) {
                List<Block> blocks = page.blocks();
                for (int i = 0; i < blocks.size(); i++) {
                    Block next = blocks.get(Math.min(i + 1, blocks.size() - 1));
                    Block block = blocks.get(i);
                    if (block.file().isPresent()) {
                        Files.writeString(folder.resolve(block.file().get()), block.text());
                    }
                    if (block.commands()) {
                        run(checkout, broker, block, next, done, wrong);
                    }
                }
            }
            assertThat(wrong).isEmpty();
        }
    }

    @Test
    void whatIsNotRunHereIsRunElsewhere() throws Exception {
        for (Map.Entry<String, String> covered : COVERED.entrySet()) {
            assertThat(Files.readString(Page.REPOSITORY.resolve(covered.getValue()))
                            .replace(" -B", ""))
                    .contains(covered.getKey());
        }
    }

    /** A command in a block of another kind would escape. */
    @Test
    void everyBlockIsOfAKnownKind() {
        List<String> strange = Page.documentation().stream()
                .flatMap(page -> page.blocks().stream())
                .filter(block -> !LANGUAGES.contains(block.language()))
                .map(Block::place)
                .toList();

        assertThat(strange).isEmpty();
    }

    private static void run(
            Checkout checkout, KafkaBroker broker, Block block, Block next, Set<String> done, List<String> wrong)
            throws Exception {
        boolean shown = isOutput(block, next);
        List<String> printed = new ArrayList<>();
        for (String line : block.lines()) {
            String command = line.replaceFirst("\\s+#.*", "");
            if (done.add(command) || (shown && !COVERED.containsKey(command))) {
                assertThat(command).as(block.place()).startsWith("./millrace ");
                Checkout.Outcome outcome =
                        checkout.millrace(command.replace("localhost:9092", broker.bootstrapServers()));
                if (outcome.code() != 0) {
                    wrong.add(block.place() + ": " + command + " ends with " + outcome.code() + "\n" + outcome.err());
                }
                printed.addAll(outcome.out());
            }
        }
        if (shown && !Printed.matches(next.lines(), printed)) {
            wrong.add(block.place() + " prints\n" + String.join("\n", printed));
        }
    }

    /** A block of text right after a command, with not more than a line between them. */
    private static boolean isOutput(Block command, Block next) {
        int end = command.line() + command.lines().size() + 1;
        return next.language().equals("text") && next.line() > end && next.line() - end <= 4;
    }
}
