package dev.lifeboat.contract;

import java.util.regex.Pattern;

/** Writes arguments of commands that a person pastes into a POSIX shell. */
public final class Shell {
    private static final Pattern NEEDS_NO_QUOTES = Pattern.compile("[A-Za-z0-9_./:@%+=,-]+");

    private Shell() {}

    /** The argument as one word: quotes within are closed, escaped and opened again. */
    public static String quoted(String argument) {
        return NEEDS_NO_QUOTES.matcher(argument).matches() ? argument : "'" + argument.replace("'", "'\\''") + "'";
    }
}
