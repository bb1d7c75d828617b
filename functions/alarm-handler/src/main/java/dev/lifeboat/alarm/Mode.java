package dev.lifeboat.alarm;

/** What people let Lifeboat do by itself. */
enum Mode {
    /** It recovers. */
    AUTOMATIC,
    /** It proposes; a person starts. */
    APPROVE,
    /** It only tells. */
    OBSERVE
}
