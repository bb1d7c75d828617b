package dev.lifeboat.local.template;

/** The template says something that the local runner does not understand; the message names it and where. */
public final class TemplateException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message what and where */
    public TemplateException(String message) {
        super(message);
    }
}
