package com.example.supportdesk.ticket;

/** A question of a customer. */
public record Ticket(String id, String customer, String subject, boolean open) {
    public Ticket closed() {
        return new Ticket(id, customer, subject, false);
    }
}
