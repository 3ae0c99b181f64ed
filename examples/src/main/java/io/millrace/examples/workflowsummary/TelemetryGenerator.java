package io.millrace.examples.workflowsummary;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Telemetry of an application, made up: what people do on some devices in a day, the same for the same seed. Few devices are used a lot and many a little,
 * as in life. Some events come twice, and some lines are none.
 *
 * @param seed tells one telemetry from another
 * @param devices how many there are
 * @param day on which everything happens
 */
record TelemetryGenerator(long seed, int devices, LocalDate day) {

    private static final String[] PAGES = {"home", "search", "content", "profile", "course"};
    private static final String[] TOUCHES = {"TOUCH", "CLICK", "SCROLL", "OTHER"};
    private static final int MOST_SESSIONS = 6;

    /** What a device says. */
    record Message(String device, String text) {}

    /** Returns all messages in the order in which they come: event by event, device after device. */
    List<Message> messages() {
        List<Message> messages = new ArrayList<>();
        Random random = new Random(seed);
        for (int device = 0; device < devices; device++) {
            List<String> events = eventsOf(device);
            String name = device(device);
            for (String event : events) {
                messages.add(new Message(name, event));
                if (random.nextInt(20) == 0) {
                    messages.add(new Message(name, event));
                }
                if (random.nextInt(100) == 0) {
                    messages.add(new Message(name, event.substring(0, event.length() / 2)));
                }
            }
        }
        return messages;
    }

    static String device(int number) {
        return String.format(Locale.ROOT, "device-%06d", number);
    }

    /** Returns the events of one device, in order; whoever calls for a device gets the same. */
    List<String> eventsOf(int device) {
        Random random = new Random(seed * 1_000_003 + device);
        int sessions = 1 + (int) (MOST_SESSIONS * Math.pow(random.nextDouble(), 3));
        Writer writer = new Writer(device, day.atTime(LocalTime.of(6, 0)).toInstant(ZoneOffset.UTC), random);
        for (int session = 0; session < sessions; session++) {
            writer.session(session);
        }
        return writer.events;
    }

    private static final class Writer {

        private final int device;
        private final Random random;
        private final List<String> events = new ArrayList<>();
        private Instant now;

        Writer(int device, Instant start, Random random) {
            this.device = device;
            this.random = random;
            this.now = start.plusSeconds(random.nextInt(3600));
        }

        void session(int session) {
            String sid = "s" + device + "-" + session;
            event("START", sid, "home", "\"type\":\"app\",\"mode\":\"\"");
            int views = 1 + random.nextInt(4);
            for (int view = 0; view < views; view++) {
                String page = PAGES[random.nextInt(PAGES.length)];
                event("IMPRESSION", sid, page, "\"type\":\"view\",\"pageid\":\"" + page + "-page\"");
                for (int touch = random.nextInt(5); touch > 0; touch--) {
                    event(
                            "INTERACT",
                            sid,
                            page,
                            "\"type\":\"" + TOUCHES[random.nextInt(TOUCHES.length)] + "\",\"pageid\":\"" + page
                                    + "-page\"");
                }
                if (random.nextInt(3) == 0) {
                    player(sid);
                }
            }
            event("END", sid, "home", "\"type\":\"app\",\"mode\":\"\"");
            now = now.plusSeconds(1900 + random.nextInt(3600));
        }

        private void player(String sid) {
            event("START", sid, "player", "\"type\":\"player\",\"mode\":\"play\"");
            for (int question = 1 + random.nextInt(3); question > 0; question--) {
                event(
                        "ASSESS",
                        sid,
                        "player",
                        "\"item\":{\"id\":\"q" + question
                                + "\",\"maxscore\":1,\"mc\":[],\"title\":\"Question\",\"desc\":\"\"},"
                                + "\"pass\":\"" + (random.nextBoolean() ? "Yes" : "No") + "\",\"score\":"
                                + random.nextInt(2)
                                + ",\"resvalues\":[{\"a\":\"" + random.nextInt(4) + "\"}],\"duration\":"
                                + (1 + random.nextInt(30)));
            }
            event("END", sid, "player", "\"type\":\"player\",\"mode\":\"play\"");
        }

        private void event(String eid, String sid, String env, String edata) {
            now = now.plusMillis(500 + random.nextInt(40_000));
            long millis = now.toEpochMilli();
            String did = TelemetryGenerator.device(device);
            events.add("{\"eid\":\"" + eid + "\",\"ets\":" + millis + ",\"ver\":\"3.0\",\"mid\":\"" + did + "-"
                    + events.size()
                    + "\",\"actor\":{\"id\":\"user-" + device % 1000
                    + "\",\"type\":\"User\"},\"context\":{\"channel\":\"in.sunbird\",\"pdata\":{\"id\":\"sunbird.app\",\"ver\":\"2.1\",\"pid\":\"app\"},\"env\":\""
                    + env + "\",\"sid\":\"" + sid + "\",\"did\":\"" + did + "\"},\"edata\":{" + edata + "},\"syncts\":"
                    + millis
                    + ",\"@timestamp\":\"" + now + "\"}");
        }
    }
}
