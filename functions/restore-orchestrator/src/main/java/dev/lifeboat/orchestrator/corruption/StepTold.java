package dev.lifeboat.orchestrator.corruption;

import dev.lifeboat.orchestrator.pointintime.RestoreStep;

/**
 * What {@code RecoverDatabase}'s action next-step answers.
 *
 * @param done whether the search has ended
 * @param step what the instance beside the live one does next; null when it has ended
 * @param result what was found; null when it has not ended
 */
public record StepTold(boolean done, RestoreStep step, SearchResult result) {}
