package io.millrace.internal.backup;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.regexp_extract;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataTypes;

/**
 * What the names of backup files look like, folders included, such as {@code {partition}-{kafkaPartition}-{currentTimestamp}.json}.
 *
 * @param text with the tokens
 * @param dates how dates are written, as for {@link DateTimeFormatter}
 */
record FileNamePattern(String text, String dates) {

    /** By default. */
    static final String STANDARD = "{partition}-{kafkaPartition}-{currentTimestamp}.json";

    /** How dates are written by default. */
    static final String STANDARD_DATES = "yyyy-MM-dd";

    private static final Pattern TOKEN = Pattern.compile("\\{([^{}]*)}");
    private static final String COMPRESSED = "(?<extension>\\.(gz|bz2|zst|lz4|snappy|deflate))?";

    /** What may stand in braces. */
    enum Token {
        /** The day of the events in the file. */
        DATE("partition", "the day of the events"),
        /** The partition of the topic. */
        KAFKA_PARTITION("kafkaPartition", "the partition of the topic"),
        /** The topic. */
        TOPIC("topic", "the topic"),
        /** When the file was written, in milliseconds since 1970. */
        TIME("currentTimestamp", "when it was written"),
        /** The offset of the first event. */
        FIRST_OFFSET("fmOffset", "the offset of its first event"),
        /** A number that a setting says. */
        GENERATION("generation", "a number of yours");

        private final String word;
        private final String meaning;

        Token(String word, String meaning) {
            this.word = word;
            this.meaning = meaning;
        }

        static Optional<Token> of(String word) {
            return Stream.of(values()).filter(token -> token.word.equals(word)).findFirst();
        }

        /** As it stands in patterns. */
        @Override
        public String toString() {
            return "{" + word + "}";
        }

        /** {@code {partition} (the day of the events), …}. */
        static String all() {
            return Stream.of(values())
                    .map(token -> token + " (" + token.meaning + ")")
                    .collect(Collectors.joining(", "));
        }
    }

    /**
     * What a name says.
     *
     * @param partition of the topic; empty where names do not tell
     */
    record Parsed(LocalDate date, Optional<Integer> partition) {}

    /** Returns what is wrong with the pattern; empty where nothing is. */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        Matcher tokens = TOKEN.matcher(text);
        while (tokens.find()) {
            if (Token.of(tokens.group(1)).isEmpty()) {
                problems.add("does not know " + tokens.group() + "; it may have " + Token.all());
            }
        }
        if (!has(Token.DATE)) {
            problems.add("needs {partition}, the day of the events: files are fetched by it");
        }
        if (!has(Token.TIME) && !has(Token.FIRST_OFFSET)) {
            problems.add("needs {currentTimestamp} or {fmOffset}: without them two files of a day have one name");
        }
        if (text.startsWith("/")
                || Stream.of(text.split("/", -1)).anyMatch(part -> part.isEmpty() || part.equals(".."))) {
            problems.add("is a name below the path: without / in front, // and ..");
        }
        return problems;
    }

    /** Returns what is wrong with the pattern of dates. */
    Optional<String> problemOfDates() {
        try {
            LocalDate day = LocalDate.of(2024, 12, 31);
            return LocalDate.parse(written(day), formatter()).equals(day)
                    ? Optional.empty()
                    : Optional.of(
                            "\"" + dates + "\" does not tell one day from another; write a pattern such as yyyy-MM-dd");
        } catch (IllegalArgumentException | DateTimeException wrong) {
            return Optional.of("is no pattern of dates such as yyyy-MM-dd: " + wrong.getMessage());
        }
    }

    boolean has(Token token) {
        return text.contains(token.toString());
    }

    /** Returns the name that a file gets. */
    String name(Map<Token, String> values) {
        StringBuilder name = new StringBuilder();
        Matcher tokens = TOKEN.matcher(text);
        while (tokens.find()) {
            String value = values.get(Token.of(tokens.group(1)).orElseThrow());
            tokens.appendReplacement(name, Matcher.quoteReplacement(String.valueOf(value)));
        }
        return tokens.appendTail(name).toString();
    }

    String written(LocalDate date) {
        return formatter().format(date);
    }

    /** Returns what takes names apart, which may have an extension of a compression behind; it gives nothing where a name is not of this pattern. */
    Function<String, Optional<Parsed>> parser() {
        Pattern names = Pattern.compile(regex() + COMPRESSED);
        DateTimeFormatter days = formatter();
        return name -> {
            Matcher parts = names.matcher(name);
            if (!parts.matches()) {
                return Optional.empty();
            }
            try {
                return Optional.of(new Parsed(
                        LocalDate.parse(parts.group("date"), days),
                        has(Token.KAFKA_PARTITION)
                                ? Optional.of(Integer.parseInt(parts.group("kafkapartition")))
                                : Optional.empty()));
            } catch (DateTimeException | NumberFormatException other) {
                return Optional.empty();
            }
        };
    }

    private DateTimeFormatter formatter() {
        return DateTimeFormatter.ofPattern(dates, Locale.ROOT);
    }

    /**
     * Returns the partition of the topic that the path of a file tells; null where it does not.
     *
     * @param prefix in front of all names
     */
    Column partition(Column path, String prefix) {
        Matcher groups = Pattern.compile("\\(\\?<(\\w+)>").matcher(regex());
        int group = 0;
        for (int i = 1; groups.find(); i++) {
            group = groups.group(1).equals("kafkapartition") ? i : group;
        }
        Column number = group == 0
                ? lit(null)
                : regexp_extract(path, "/" + Pattern.quote(prefix) + regex() + COMPRESSED + "$", group);
        return number.try_cast(DataTypes.IntegerType);
    }

    /** Returns patterns of Hadoop that all names of a day fit, those that other tools have written without a partition too. */
    List<String> globs(LocalDate date) {
        StringBuilder glob = new StringBuilder();
        Matcher tokens = TOKEN.matcher(text);
        while (tokens.find()) {
            boolean isDate = tokens.group(1).equals(Token.DATE.word);
            tokens.appendReplacement(glob, Matcher.quoteReplacement(isDate ? written(date) : "*"));
        }
        String all = tokens.appendTail(glob) + "*";
        return Stream.of(all, written(date) + "-*").distinct().toList();
    }

    private String regex() {
        StringBuilder regex = new StringBuilder();
        Set<Token> seen = EnumSet.noneOf(Token.class);
        Matcher tokens = TOKEN.matcher(text);
        int end = 0;
        while (tokens.find()) {
            regex.append(Pattern.quote(text.substring(end, tokens.start())));
            Token token = Token.of(tokens.group(1)).orElseThrow();
            String group = token.name().toLowerCase(Locale.ROOT).replace("_", "");
            String values = token == Token.TOPIC
                    ? "[^/]+?"
                    : token == Token.DATE ? "[^/]{" + written(LocalDate.EPOCH).length() + "}" : "\\d+";
            regex.append(seen.add(token) ? "(?<" + group + ">" + values + ")" : "\\k<" + group + ">");
            end = tokens.end();
        }
        return regex.append(Pattern.quote(text.substring(end))).toString();
    }
}
