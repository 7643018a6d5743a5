/**
 * Brings notices to people by mail, chats and webhooks. A channel selects notices, joins several in
 * one message, and tries to send it a bounded number of times. Each kind of channel, except mail,
 * is one {@code Form}, which knows how its service takes messages.
 */
@NullMarked
package dev.polycert.notice;

import org.jspecify.annotations.NullMarked;
