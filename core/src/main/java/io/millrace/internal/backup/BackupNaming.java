package io.millrace.internal.backup;

import io.millrace.internal.backup.FileNamePattern.Token;
import io.millrace.internal.files.FileNaming;
import io.millrace.internal.files.WrittenFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Calls files by a pattern. What the pattern names are columns that Spark has made folders of. A name that there is gets a later timestamp.
 *
 * @param prefix in front of all names
 */
record BackupNaming(FileNamePattern pattern, String prefix, long generation) implements FileNaming {

    static final String DATE = "_backup_date";
    static final String TOPIC = "_backup_topic";
    static final String PARTITION = "_backup_partition";
    static final String FIRST_OFFSET = "_backup_first_offset";

    @Override
    public List<String> names(List<WrittenFile> written, String writer, Existing existing) throws IOException {
        long time = System.currentTimeMillis();
        List<String> names = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        for (WrittenFile file : written) {
            String name = name(file, time);
            while (taken.contains(name) || existing.has(name)) {
                if (!pattern.has(Token.TIME)) {
                    throw new IOException("the backup has a file " + name
                            + " already, which another batch has written; add {currentTimestamp} to file-pattern");
                }
                time++;
                name = name(file, time);
            }
            taken.add(name);
            names.add(name);
        }
        return names;
    }

    private String name(WrittenFile file, long time) {
        Map<String, @Nullable String> folders = file.partition();
        Map<Token, String> values = new EnumMap<>(Token.class);
        values.put(Token.DATE, String.valueOf(folders.get(DATE)));
        values.put(Token.KAFKA_PARTITION, String.valueOf(folders.get(PARTITION)));
        values.put(Token.TOPIC, String.valueOf(folders.get(TOPIC)));
        values.put(Token.FIRST_OFFSET, String.valueOf(folders.get(FIRST_OFFSET)));
        values.put(Token.TIME, String.valueOf(time));
        values.put(Token.GENERATION, String.valueOf(generation));
        return prefix + pattern.name(values) + compression(file.path());
    }

    /** What Spark has put behind .txt. */
    private static String compression(String path) {
        String file = path.substring(path.lastIndexOf('/') + 1);
        int text = file.indexOf(".txt");
        return text < 0 ? "" : file.substring(text + ".txt".length());
    }
}
