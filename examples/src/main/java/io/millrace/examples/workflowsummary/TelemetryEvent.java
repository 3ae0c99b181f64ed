package io.millrace.examples.workflowsummary;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a device tells of: that something began, ended, was shown, touched or answered.
 *
 * @param eid what kind of event it is
 * @param time when it happened, in milliseconds since 1970
 * @param received when it reached the platform, in milliseconds since 1970; 0 where that is not known
 * @param version of the form it has
 * @param user who it was; empty where that is not known
 * @param tags as JSON
 * @param object what it was about, as JSON
 * @param context where it happened
 * @param type of that which began, ended, was shown or touched; empty where it is not said
 * @param mode of that; empty where it is not said
 * @param page that was shown
 * @param answer to a question, in an ASSESS; null in others
 */
record TelemetryEvent(
        String eid,
        long time,
        long received,
        @Nullable String version,
        String user,
        @Nullable String tags,
        @Nullable String object,
        Context context,
        String type,
        String mode,
        @Nullable String page,
        @Nullable Answer answer) {

    private static final String START = "START";
    private static final String END = "END";
    private static final String IMPRESSION = "IMPRESSION";
    private static final String INTERACT = "INTERACT";

    /** The types of interaction that count. */
    private static final Set<String> INTERACTIONS = Set.of(
            "touch",
            "drag",
            "drop",
            "pinch",
            "zoom",
            "shake",
            "rotate",
            "speak",
            "listen",
            "write",
            "draw",
            "start",
            "end",
            "choose",
            "activate",
            "scroll",
            "click",
            "edit",
            "submit",
            "search",
            "dnd",
            "added",
            "removed",
            "selected");

    /**
     * Where an event happened.
     *
     * @param device its id; empty where it is not known
     * @param cdata what it is correlated with, as JSON
     * @param rollup as JSON
     */
    record Context(
            String device,
            @Nullable String channel,
            Application application,
            @Nullable String environment,
            @Nullable String session,
            @Nullable String cdata,
            @Nullable String rollup) {}

    /** An application, of which an id may have several versions. */
    record Application(@Nullable String id, @Nullable String version, @Nullable String process) {}

    /**
     * An answer to a question.
     *
     * @param duration how long it took, in seconds
     * @param values that were given, as JSON
     * @param concepts as JSON
     * @param misconcepts as JSON
     */
    record Answer(
            @Nullable String item,
            double duration,
            @Nullable String values,
            @Nullable String concepts,
            @Nullable String misconcepts,
            @Nullable String score,
            @Nullable String most,
            @Nullable String passed,
            @Nullable String title,
            @Nullable String description) {}

    boolean starts() {
        return eid.equals(START);
    }

    boolean ends() {
        return eid.equals(END);
    }

    boolean showsPage() {
        return eid.equals(IMPRESSION);
    }

    /** Returns whether somebody did something. */
    boolean isInteraction() {
        return eid.equals(INTERACT) && INTERACTIONS.contains(type.toLowerCase(Locale.ROOT));
    }
}
