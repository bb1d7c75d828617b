package dev.lifeboat.local.states;

/** A definition that Step Functions would refuse, or that uses what this runner does not play; the message names it. */
public final class DefinitionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DefinitionException(String message) {
        super(message);
    }
}
