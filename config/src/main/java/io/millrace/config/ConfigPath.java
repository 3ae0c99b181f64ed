package io.millrace.config;

import java.util.regex.Pattern;

/** How paths are written: {@code pipegraph.etls[0].output}; a key that is not a plain word is quoted. */
public final class ConfigPath {

    private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{N}_-]+");

    private ConfigPath() {}

    /** Returns whether a key is a plain word, so that it needs no quotes. */
    static boolean isPlain(String key) {
        return PLAIN.matcher(key).matches();
    }

    /** Returns the path of {@code key} inside {@code parent}; an empty parent is the root. */
    public static String child(String parent, String key) {
        String written = isPlain(key) ? key : '"' + key + '"';
        return parent.isEmpty() ? written : parent + "." + written;
    }

    /** Returns the path of an element of a list, counted from 0. */
    public static String element(String parent, int index) {
        return parent + "[" + index + "]";
    }

    /** Returns the path one level up; the parent of a root key is the empty path. */
    static String parent(String path) {
        boolean quoted = false;
        for (int i = path.length() - 1; i >= 0; i--) {
            char c = path.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && (c == '.' || c == '[')) {
                return path.substring(0, i);
            }
        }
        return "";
    }

    /** Returns how many levels a path has; none for the root. */
    static int depth(String path) {
        int depth = 0;
        for (String p = path; !p.isEmpty(); p = parent(p)) {
            depth++;
        }
        return depth;
    }
}
