package io.millrace.cli;

import java.io.IOException;
import java.nio.file.Files;

/** A demo that continues: it counts its calls. */
public final class CountingDemo implements Demo {

    @Override
    public String name() {
        return "counting";
    }

    @Override
    public boolean continues() {
        return true;
    }

    @Override
    public void run(DemoContext context) throws IOException {
        Files.createTempFile(context.work(), "call", "");
        try (var calls = Files.list(context.work())) {
            context.say("Call " + calls.count() + ".");
        }
    }
}
