package io.millrace.config;

import io.millrace.config.HoconJoint.Part;
import io.millrace.config.HoconLexer.Token;
import org.jspecify.annotations.Nullable;

/** An object or a list of a HOCON text that is open, and how far it is read. */
final class HoconFrame {

    final String path;
    /** Whether it is a list, not an object. */
    final boolean list;

    private final int depth;

    /** The first token of the key that is read, of an object. */
    @Nullable
    Token first;

    /** Where the key has ended. */
    int keyEnd;
    /** Whether an include is through, of which only brackets may follow. */
    boolean included;
    /** Whether what follows is the value of the key. */
    boolean valueBegun;
    /** The path of the key's value. */
    String valuePath;
    /** How many levels lie above what is in the value. */
    int valueDepth;
    /** The last part of the value that is read. */
    @Nullable
    Part last;
    /** Whether the value has been counted as made of references. */
    boolean composed;

    /** How many elements are through, of a list. */
    private int elements;

    HoconFrame(String path, int depth, boolean list) {
        this.path = path;
        this.depth = depth;
        this.list = list;
        this.valuePath = path;
        this.valueDepth = depth;
    }

    /** Returns the path of the value that is read. */
    String path() {
        return list ? ConfigPath.element(path, elements) : valuePath;
    }

    /** Returns how many levels the value that is read lies below the root. */
    int depth() {
        return list ? depth + 1 : valueDepth;
    }

    void extendKey(Token token) {
        if (included) {
            return;
        }
        first = first == null ? token : first;
        keyEnd = token.end();
    }

    void endValue() {
        elements += last == null ? 0 : 1;
        first = null;
        included = false;
        valueBegun = false;
        valuePath = path;
        valueDepth = depth;
        last = null;
        composed = false;
    }
}
