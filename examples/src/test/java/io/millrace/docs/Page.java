package io.millrace.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A page of documentation.
 *
 * @param path relative to the repository
 * @param lines as written
 */
record Page(Path path, List<String> lines) {

    /** The repository, seen from the folder in which Maven runs a module's tests. */
    static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();

    private static final Pattern HEADING = Pattern.compile("^#{1,6} +(.*?) *$");
    private static final Pattern LINK = Pattern.compile("\\[[^\\]]*]\\(([^)\\s]+)\\)");

    /** Something that begins at a line, counted from 1. */
    record Located(int line, String text) {}

    /** Returns every page that readers see. */
    static List<Page> all() {
        try (Stream<Path> walk = Files.walk(REPOSITORY, 4)) {
            return walk.filter(file -> file.toString().endsWith(".md"))
                    .map(REPOSITORY::relativize)
                    .filter(file -> !file.startsWith(".git") && !file.toString().contains("target/"))
                    .sorted()
                    .map(Page::at)
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Returns the README and the pages of {@code docs}. What the examples' own pages say, the examples' tests do. */
    static List<Page> documentation() {
        return all().stream()
                .filter(page ->
                        page.path().equals(Path.of("README.md")) || page.path().startsWith("docs"))
                .toList();
    }

    static Page at(String path) {
        return at(Path.of(path));
    }

    private static Page at(Path path) {
        try {
            return new Page(path, Files.readAllLines(REPOSITORY.resolve(path)));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Returns the fenced blocks. */
    List<Block> blocks() {
        List<Block> blocks = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith("```")) {
                int end = i + 1;
                while (!lines.get(end).equals("```")) {
                    end++;
                }
                String language = lines.get(i).substring(3).strip();
                blocks.add(new Block(this, i + 1, language, lines.subList(i + 1, end)));
                i = end;
            }
        }
        return blocks;
    }

    List<Block> blocks(String language) {
        return blocks().stream()
                .filter(block -> block.language().equals(language))
                .toList();
    }

    /** Returns the targets of links, those in blocks left out. */
    List<Located> links() {
        List<Located> links = new ArrayList<>();
        for (Located line : prose()) {
            Matcher link = LINK.matcher(line.text());
            while (link.find()) {
                links.add(new Located(line.line(), link.group(1)));
            }
        }
        return links;
    }

    /** Returns the anchors of the headings, as GitHub makes them. */
    List<String> anchors() {
        Map<String, Integer> seen = new HashMap<>();
        List<String> anchors = new ArrayList<>();
        for (Located line : prose()) {
            Matcher heading = HEADING.matcher(line.text());
            if (heading.matches()) {
                String anchor = heading.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-');
                int times = seen.merge(anchor, 1, Integer::sum);
                anchors.add(times == 1 ? anchor : anchor + "-" + (times - 1));
            }
        }
        return anchors;
    }

    /** Returns the rows of the first table below a heading, without its head and without backticks. */
    List<List<String>> table(String heading) {
        return rawTable(heading).stream()
                .map(row -> row.stream().map(cell -> cell.replace("`", "")).toList())
                .toList();
    }

    /** Returns the rows of the first table below a heading, without its head. */
    List<List<String>> rawTable(String heading) {
        int line = lines.indexOf(heading) + 1;
        if (line == 0) {
            throw new AssertionError(path + " has no heading \"" + heading + "\"");
        }
        while (!lines.get(line).startsWith("|")) {
            line++;
            if (line == lines.size() || lines.get(line).startsWith("#")) {
                throw new AssertionError(path + " has no table below \"" + heading + "\"");
            }
        }
        List<List<String>> rows = new ArrayList<>();
        for (line += 2; line < lines.size() && lines.get(line).startsWith("|"); line++) {
            rows.add(cells(lines.get(line)));
        }
        return rows;
    }

    private static List<String> cells(String row) {
        return Stream.of(row.substring(1, row.lastIndexOf('|')).split("(?<!\\\\)\\|", -1))
                .map(cell -> cell.strip().replace("\\|", "|"))
                .toList();
    }

    private List<Located> prose() {
        List<Located> prose = new ArrayList<>();
        boolean fenced = false;
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith("```")) {
                fenced = !fenced;
            } else if (!fenced) {
                prose.add(new Located(i + 1, lines.get(i)));
            }
        }
        return prose;
    }
}
