package io.millrace.config;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigUtil;
import io.millrace.config.HoconJoint.Part;
import io.millrace.config.HoconLexer.Kind;
import io.millrace.config.HoconLexer.Token;
import io.millrace.config.HoconOutline.Composed;
import io.millrace.config.HoconOutline.Include;
import io.millrace.config.HoconOutline.Spot;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Goes once through a HOCON text and makes its outline. Not recursive: a text may be nested as deeply as it likes. */
final class HoconScan {

    /** How many levels a configuration may have. */
    static final int DEEPEST = 64;

    /** What is said of one that has more. */
    static final String TOO_DEEP = "is nested more than " + DEEPEST + " levels deep";

    private static final Pattern NUMBER = Pattern.compile("-?\\d[\\d.eE+-]*");

    private final String name;
    private final String text;
    private final HoconLexer lexer;
    private final Deque<HoconFrame> open = new ArrayDeque<>();
    private final Map<Spot, Integer> columns = new HashMap<>();
    private final List<Include> includes = new ArrayList<>();
    private final List<Composed> composed = new ArrayList<>();
    private final List<Problem> joints = new ArrayList<>();
    private int references;
    private @Nullable Problem tooDeep;

    private HoconScan(String name, String text) {
        this.name = name;
        this.text = text;
        this.lexer = new HoconLexer(text);
    }

    /**
     * Makes the outline of a text.
     *
     * @param name what messages call the text
     * @param path of the object that takes the text in; empty for the root
     */
    static HoconOutline ofObject(String name, String text, String path) {
        return new HoconScan(name, text).outline(new HoconFrame(path, ConfigPath.depth(path), false));
    }

    /** Makes the outline of a text that is the value at a path. */
    static HoconOutline ofValue(String name, String text, String path) {
        HoconFrame frame = new HoconFrame(path, ConfigPath.depth(path), false);
        frame.valueBegun = true;
        return new HoconScan(name, text).outline(frame);
    }

    private HoconOutline outline(HoconFrame root) {
        open.push(root);
        for (Token token = lexer.next(); token.kind() != Kind.END && tooDeep == null; token = lexer.next()) {
            take(token);
        }
        return new HoconOutline(columns, includes, references, composed, joints, tooDeep);
    }

    private void take(Token token) {
        HoconFrame frame = open.element();
        switch (token.kind()) {
            case LINE_END -> {
                if (frame.last != null || frame.included) {
                    frame.endValue();
                }
            }
            case COMMA -> frame.endValue();
            case CLOSE_OBJECT, CLOSE_LIST -> {
                if (open.size() > 1) {
                    open.pop();
                }
            }
            default -> {
                if (frame.list || frame.valueBegun) {
                    part(frame, token);
                } else {
                    key(frame, token);
                }
            }
        }
    }

    private void key(HoconFrame frame, Token token) {
        switch (token.kind()) {
            case IS -> beginValue(frame);
            case APPEND -> {
                beginValue(frame);
                refer(frame, token);
            }
            case OPEN_OBJECT, OPEN_LIST -> {
                if (frame.first == null) {
                    enter(frame.path, frame.depth(), token.kind() == Kind.OPEN_LIST, token); // around the whole text
                } else {
                    beginValue(frame);
                    part(frame, token);
                }
            }
            case QUOTED -> {
                Token first = frame.first;
                if (first != null && text.substring(first.start(), first.end()).equals("include")) {
                    String file = text.substring(token.start(), token.end()).replace("\"", "");
                    includes.add(new Include(file, frame.path, place(first)));
                    frame.included = true;
                } else {
                    frame.extendKey(token);
                }
            }
            default -> frame.extendKey(token);
        }
    }

    private void beginValue(HoconFrame frame) {
        frame.valueBegun = true;
        Token first = frame.first;
        if (first == null) {
            return;
        }
        String written = text.substring(first.start(), frame.keyEnd);
        List<String> keys = keys(written);
        frame.valueDepth += keys.size();
        if (tooDeep(frame.valueDepth, first)) {
            return;
        }
        int from = 0;
        for (String key : keys) {
            frame.valuePath = ConfigPath.child(frame.valuePath, key);
            int found = Math.max(from, written.indexOf(key, from));
            int quote = found > from && written.charAt(found - 1) == '"' ? 1 : 0;
            columns.merge(new Spot(first.line(), key), first.column() + found - quote, (one, other) -> 0);
            from = Math.min(found + key.length(), written.length());
        }
    }

    private static List<String> keys(String written) {
        if (ConfigPath.isPlain(written)) {
            return List.of(written);
        }
        try {
            return ConfigUtil.splitPath(written);
        } catch (ConfigException noPath) {
            return List.of(written); // the parser says what is wrong with it
        }
    }

    private void part(HoconFrame frame, Token token) {
        Part part = part(token);
        if (frame.last != null) {
            HoconJoint.of(frame.last, part, frame.list, token.spaced())
                    .ifPresent(joint -> joints.add(new Problem(place(token), frame.path(), joint.message(frame.list))));
        }
        frame.last = part;
        if (part == Part.REFERENCE) {
            refer(frame, token);
        } else if (part == Part.OBJECT || part == Part.LIST) {
            enter(frame.path(), frame.depth(), part == Part.LIST, token);
        }
    }

    private Part part(Token token) {
        return switch (token.kind()) {
            case OPEN_OBJECT -> Part.OBJECT;
            case OPEN_LIST -> Part.LIST;
            case QUOTED -> Part.QUOTED;
            case REFERENCE -> Part.REFERENCE;
            default -> NUMBER.matcher(text).region(token.start(), token.end()).matches() ? Part.NUMBER : Part.WORD;
        };
    }

    private void refer(HoconFrame frame, Token token) {
        references++;
        if (!frame.composed) {
            frame.composed = true;
            composed.add(new Composed(frame.path(), place(frame.first == null ? token : frame.first)));
        }
    }

    private void enter(String path, int depth, boolean list, Token token) {
        tooDeep(depth, token);
        open.push(new HoconFrame(path, depth, list));
    }

    private boolean tooDeep(int depth, Token token) {
        if (depth > DEEPEST) {
            tooDeep = new Problem(place(token), "", TOO_DEEP);
        }
        return depth > DEEPEST;
    }

    private Location place(Token token) {
        return new Location(name, token.line(), token.column());
    }
}
