package dev.lifeboat.kubernetes;

/**
 * The last take-over behind a Service.
 *
 * @param instance the StatefulSet that it leads to
 * @param before the one that it led to before; null when that is not known, and when it is the same
 * @param incident for which it was put in place; null when that is not known
 * @param inPlace whether its data were brought to a point where they lie: it was live before
 * @param restoring whether its next pod, or the one that runs, is to restore what lies there
 * @param unfinished whether an instance that was live before is still in use
 */
public record LastTakeOver(
        String instance, String before, String incident, boolean inPlace, boolean restoring, boolean unfinished) {}
