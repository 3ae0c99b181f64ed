package io.millrace.cli.internal.demo;

import io.millrace.cli.Demo;
import io.millrace.cli.DemoContext;

/** The tour through an example that brings no class: its pipegraph is checked, planned and run. */
final class PipegraphDemo implements Demo {

    private final String name;

    PipegraphDemo(String name) {
        this.name = name;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void run(DemoContext context) {
        String file = context.example().resolve("pipegraph.conf").toString();
        String lake = "lake=" + context.work();
        context.say("This is what the pipegraph will do.");
        context.millrace("plan", file, "--set", lake);
        context.say("And now it does it.");
        context.millrace("run", file, "--set", lake);
    }
}
