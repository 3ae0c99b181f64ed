package io.millrace.flare.internal.dataset;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Clauses of a merge, in which {@code old} is the table and {@code new} what is merged into it; product iceberg calls them {@code t} and {@code s}. */
final class FlareMergeClauses {

    private static final String QUOTED = "'(?:[^'\\\\]|\\\\.)*'|\"(?:[^\"\\\\]|\\\\.)*\"|`[^`]*`";
    private static final Pattern ALIAS =
            Pattern.compile(QUOTED + "|(?<![\\w.])(old|new)(?=\\s*\\.)", Pattern.CASE_INSENSITIVE);
    private static final Pattern CLAUSE =
            Pattern.compile(QUOTED + "|(\\bwhen\\s+(?=(?:not\\s+)?matched\\b))", Pattern.CASE_INSENSITIVE);
    private static final Pattern BEGIN = Pattern.compile("(?is)(?:not\\s+)?matched\\b.*");

    private FlareMergeClauses() {}

    /** Returns the same with the other names; what is quoted stays. */
    static String translated(String sql) {
        return ALIAS.matcher(sql).replaceAll(found -> Matcher.quoteReplacement(alias(found)));
    }

    /** Returns the clauses one by one, translated, without their WHEN; none where the text does not begin with one. */
    static List<String> split(String sql) {
        List<String> clauses = new ArrayList<>();
        Matcher begins = CLAUSE.matcher(sql);
        int from = 0;
        while (begins.find()) {
            if (begins.group(1) != null) {
                add(sql.substring(from, begins.start()), clauses);
                from = begins.end();
            }
        }
        add(sql.substring(from), clauses);
        return clauses.stream().allMatch(clause -> BEGIN.matcher(clause).matches()) ? clauses : List.of();
    }

    private static void add(String clause, List<String> clauses) {
        if (!clause.isBlank()) {
            clauses.add(translated(clause.strip()));
        }
    }

    private static String alias(MatchResult found) {
        String alias = found.group(1);
        if (alias == null) {
            return found.group();
        }
        return alias.toLowerCase(Locale.ROOT).equals("old") ? "t" : "s";
    }
}
