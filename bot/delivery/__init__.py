"""How updates reach the chat: in order within a chat, in parallel across chats."""
