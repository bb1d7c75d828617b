package dev.lifeboat.orchestrator.corruption;

/** What follows from how far a search is: one more step, or its end. */
sealed interface Next {
    /**
     * One more state has to be looked at.
     *
     * @param step how it is reached
     */
    record Go(Step step) implements Next {}

    /**
     * Nothing is left to look at.
     *
     * @param result what was found
     */
    record End(SearchResult result) implements Next {}
}
