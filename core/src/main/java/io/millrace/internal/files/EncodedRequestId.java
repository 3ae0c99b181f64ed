package io.millrace.internal.files;

import java.util.Locale;

/** Writes the id of a request as part of a file name, and back: letters and digits stay, all else becomes {@code _} and four hex digits. */
final class EncodedRequestId {

    private EncodedRequestId() {}

    static String encode(String request) {
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < request.length(); i++) {
            char c = request.charAt(i);
            if (c < 128 && (Character.isLetterOrDigit(c) || c == '-')) {
                name.append(c);
            } else {
                name.append(String.format(Locale.ROOT, "_%04x", (int) c));
            }
        }
        return name.toString();
    }

    static String decode(String name) {
        StringBuilder request = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            if (name.charAt(i) == '_') {
                request.append((char) Integer.parseInt(name, i + 1, i + 5, 16));
                i += 4;
            } else {
                request.append(name.charAt(i));
            }
        }
        return request.toString();
    }
}
