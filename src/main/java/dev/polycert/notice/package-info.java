/**
 * Brings notices to people by mail, chats and webhooks: which channel wants a notice, several in
 * one message, tries with bounds. A kind of channel is one {@code Form}, which says how its service
 * wants messages.
 */
@NullMarked
package dev.polycert.notice;

import org.jspecify.annotations.NullMarked;
