package io.millrace.cli;

import picocli.CommandLine.Mixin;

/** What the commands on dead letters have in common: which letters are meant. */
abstract class LettersCommand extends PipegraphCommand {

    @Mixin
    private final LetterOptions letters = new LetterOptions();

    LettersCommand(CommandEnvironment environment) {
        super(environment);
    }

    LetterOptions letters() {
        return letters;
    }
}
