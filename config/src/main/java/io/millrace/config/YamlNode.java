package io.millrace.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/** A value of a YAML text with its place. An alias is the very node that its anchor names, so a tree of aliases stays as small as its text. */
sealed interface YamlNode {

    /** Where it begins. */
    Location place();

    /** How many values it is, itself included, once aliases are written out. */
    long size();

    /** How many levels it has, itself included. */
    int depth();

    /** A text, number, boolean or null. */
    record Scalar(JsonNode value, Location place) implements YamlNode {
        @Override
        public long size() {
            return 1;
        }

        @Override
        public int depth() {
            return 1;
        }
    }

    /** A list. */
    record Sequence(List<YamlNode> elements, long size, int depth, Location place) implements YamlNode {

        static Sequence of(List<YamlNode> elements, Location place) {
            long size = 1;
            int depth = 0;
            for (YamlNode element : elements) {
                size += element.size();
                depth = Math.max(depth, element.depth());
            }
            return new Sequence(elements, size, depth + 1, place);
        }
    }

    /** An object. */
    record Mapping(Map<String, Entry> entries, long size, int depth, Location place) implements YamlNode {

        static Mapping of(Map<String, Entry> entries, Location place) {
            long size = 1;
            int depth = 0;
            for (Entry entry : entries.values()) {
                size += entry.value().size();
                depth = Math.max(depth, entry.value().depth());
            }
            return new Mapping(entries, size, depth + 1, place);
        }
    }

    /**
     * A key's value.
     *
     * @param place where the key is written
     */
    record Entry(YamlNode value, Location place) {}
}
