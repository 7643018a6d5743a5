package dev.polycert.whole.console;

/** A server of its own, whose orders are in the way of no other test. */
public final class JourneyProfile extends ConsoleProfile {}
