package io.millrace.config;

import java.util.Optional;

/**
 * Two values that stand side by side. HOCON makes one of them, which is meant where a reference takes part or a text goes on without a blank; else it is a
 * comma that is missing, and what was two would silently be one.
 */
enum HoconJoint {
    OBJECTS("two objects stand side by side, and HOCON makes one of them"),
    LISTS("two lists stand side by side, and HOCON makes one of them"),
    TEXTS("two texts stand side by side, and HOCON makes one of them"),
    NUMBERS("two numbers stand side by side, and HOCON makes one text of them"),
    REFERENCE("a reference follows another value, and HOCON makes one of them");

    /** A part of a value. */
    enum Part {
        OBJECT,
        LIST,
        QUOTED,
        NUMBER,
        WORD,
        REFERENCE
    }

    private final String words;

    HoconJoint(String words) {
        this.words = words;
    }

    /** Returns what is wrong with a part that follows another one in its line; {@code spaced} where blanks stand between them. */
    static Optional<HoconJoint> of(Part first, Part second, boolean inList, boolean spaced) {
        if (first == second && first == Part.OBJECT) {
            return Optional.of(OBJECTS);
        }
        if (first == second && first == Part.LIST) {
            return Optional.of(LISTS);
        }
        return inList ? ofElements(first, second, spaced) : Optional.empty();
    }

    private static Optional<HoconJoint> ofElements(Part first, Part second, boolean spaced) {
        if (second == Part.REFERENCE && (first == Part.OBJECT || first == Part.LIST)) {
            return Optional.of(REFERENCE);
        }
        if (first == second && first == Part.NUMBER && spaced) {
            return Optional.of(NUMBERS);
        }
        boolean quoted = first == Part.QUOTED || second == Part.QUOTED;
        return quoted && (spaced || first == second) ? Optional.of(TEXTS) : Optional.empty();
    }

    /** Returns what happens, and what to do. */
    String message(boolean inList) {
        String comma = "; write a comma or a line break between them";
        return words
                + switch (this) {
                    case OBJECTS -> inList ? comma : "; write one, in one pair of braces";
                    case LISTS -> inList ? comma : "; write one, in one pair of brackets";
                    case TEXTS -> comma + ", or one pair of quotes around both";
                    case NUMBERS -> comma;
                    case REFERENCE -> comma + ", or the reference first, where the other is to add to it";
                };
    }
}
