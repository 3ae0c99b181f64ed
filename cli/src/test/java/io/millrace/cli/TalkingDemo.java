package io.millrace.cli;

/** A demo that says something and asks something. */
public final class TalkingDemo implements Demo {

    @Override
    public String name() {
        return "talking";
    }

    @Override
    public void run(DemoContext context) {
        context.say("Hello, " + context.argument().orElse("you") + ".");
        if (context.argument().isPresent()) {
            context.millrace("plan", context.argument().get());
        }
        context.millrace("describe", "counting");
    }
}
