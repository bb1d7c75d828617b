package dev.lifeboat.testsupport;

/**
 * How a program ended.
 *
 * @param command the command line as it was run, for messages
 * @param exitCode 0 when it succeeded
 * @param output standard output as UTF-8
 * @param errors standard error as UTF-8
 */
public record ProgramResult(String command, int exitCode, String output, String errors) {
    /**
     * @return this, when the program succeeded
     * @throws IllegalStateException with everything the program printed, when it did not
     */
    public ProgramResult orFail() {
        if (exitCode != 0) {
            throw new IllegalStateException(
                    command + " ended with " + exitCode + ":\n" + errors + (output.isBlank() ? "" : "\n" + output));
        }
        return this;
    }
}
