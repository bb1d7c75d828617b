package dev.lifeboat.local.aws;

/** The outputs of the stacks that are there. */
public interface StackOutputs {
    /** @throws RuntimeException when there is no such stack or output */
    String of(String stack, String output);
}
