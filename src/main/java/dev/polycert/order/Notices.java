package dev.polycert.order;

/** Where notices go. Sending one must not block, and must not fail. */
public interface Notices {

  void send(Notice notice);
}
