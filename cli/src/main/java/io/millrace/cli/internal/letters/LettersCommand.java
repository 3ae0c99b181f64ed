package io.millrace.cli.internal.letters;

import io.millrace.cli.internal.command.CommandEnvironment;
import io.millrace.cli.internal.command.PipegraphCommand;
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
