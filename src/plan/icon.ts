/** The picture of the plugin's button: an area with a tree of cables in it. */
export const planIcon = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24" viewBox="0 0 24 24" fill="none" stroke="#1677ff" stroke-width="1.7" stroke-linecap="round" stroke-linejoin="round"><path d="M4 7l7-4 9 4v10l-8 4-8-4z" stroke-dasharray="3 2.4"/><path d="M12 17v-6M12 13l-4-3M12 11l4-2"/><circle cx="12" cy="17" r="1.4" fill="#1677ff"/><circle cx="8" cy="10" r="1.4" fill="#1677ff"/><circle cx="16" cy="9" r="1.4" fill="#1677ff"/></svg>',
)}`;
