package io.millrace.config;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigOrigin;
import java.nio.charset.CharacterCodingException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What Typesafe Config says is wrong, with its place and with what to do about it. */
final class HoconErrors {

    private static final Pattern LEADING_POSITION = Pattern.compile("^.*?: \\d+(-\\d+)?: ");

    /** A message may show what it is about, however long that is. */
    private static final int LONGEST = 1_000;

    private HoconErrors() {}

    static MillraceException explained(String name, ConfigException wrong) {
        @Nullable ConfigOrigin origin = wrong.origin();
        @Nullable String file = origin == null ? null : Positions.fileOf(origin);
        Location place = origin == null || file == null
                ? new Location(name, 0, 0)
                : new Location(file, Positions.lineOf(origin), 0);
        return MillraceException.user(List.of(new Problem(place, "", reason(wrong))), wrong);
    }

    private static String reason(ConfigException wrong) {
        String message = withoutPosition(wrong);
        if (wrong.getCause() instanceof CharacterCodingException) {
            return "cannot be read: not UTF-8";
        }
        if (wrong instanceof ConfigException.IO) {
            return "cannot be read: " + message;
        }
        if (wrong instanceof ConfigException.UnresolvedSubstitution) {
            return message.contains("part of a cycle")
                    ? message + "; a value cannot be made of itself"
                    : message + "; define it in the file, or set it with --set or as an environment variable";
        }
        if (wrong instanceof ConfigException.BugOrBroken) {
            return "its references cannot be resolved: they lead to and fro between values that are written in several places;"
                    + " write each in one place (" + message + ")";
        }
        return "not HOCON: " + message;
    }

    static String withoutPosition(ConfigException wrong) {
        Matcher position = LEADING_POSITION.matcher(String.valueOf(wrong.getMessage()));
        String message = position.replaceFirst("").strip();
        return message.length() > LONGEST ? message.substring(0, LONGEST) + " …" : message;
    }
}
