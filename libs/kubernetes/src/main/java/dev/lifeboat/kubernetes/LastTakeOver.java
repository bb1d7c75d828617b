package dev.lifeboat.kubernetes;

/**
 * The last take-over behind a Service.
 *
 * @param instance the StatefulSet that it leads to
 * @param before the one that it led to before; null when that is not known
 * @param incident for which it was led; null when that is not known
 * @param unfinished whether an instance that was live before is still in use
 */
public record LastTakeOver(String instance, String before, String incident, boolean unfinished) {}
