package io.millrace.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;

/** Finds the word a user probably meant. */
public final class Suggestion {

    private Suggestion() {}

    /** Returns the known word nearest to {@code word}, if one is near enough to be a slip of the hand. */
    public static Optional<String> nearest(String word, Collection<String> known) {
        String wanted = normal(word);
        int limit = Math.max(1, wanted.length() / 3);
        return known.stream()
                .filter(candidate -> distance(wanted, normal(candidate)) <= limit)
                .min(Comparator.comparingInt((String candidate) -> distance(wanted, normal(candidate)))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** Returns {@code did you mean "x"? (known: …)}, or only what is known where nothing is near. */
    public static String among(String word, Collection<String> known) {
        String list = "known: " + (known.isEmpty() ? "none" : String.join(", ", new TreeSet<>(known)));
        return nearest(word, known)
                .map(near -> "did you mean \"" + near + "\"? (" + list + ")")
                .orElse(list);
    }

    private static String normal(String word) {
        return word.toLowerCase(Locale.ROOT).replace("_", "-");
    }

    /** Edits between two words, a swap of neighbours being one (optimal string alignment). */
    private static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    d[i][j] = i + j;
                    continue;
                }
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                d[i][j] = Math.min(Math.min(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + change);
                boolean swapped =
                        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                if (swapped) {
                    d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
                }
            }
        }
        return d[a.length()][b.length()];
    }
}
