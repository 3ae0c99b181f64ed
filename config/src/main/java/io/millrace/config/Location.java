package io.millrace.config;

/**
 * A place in a text a user wrote.
 *
 * @param file the file as the user named it, or what stands for it (an option of the command line)
 * @param line the line, from 1; 0 where there is none
 * @param column the column, from 1; 0 where it is unknown
 */
public record Location(String file, int line, int column) {

    /** Returns {@code file:line:column}, without what is unknown. */
    @Override
    public String toString() {
        if (line == 0) {
            return file;
        }
        return column == 0 ? file + ":" + line : file + ":" + line + ":" + column;
    }
}
