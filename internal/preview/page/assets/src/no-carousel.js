// Replaces swiper, which adaptivecards only needs for carousels. Webhooks to Teams
// cannot send those.
export default class Swiper {}
export { Swiper };
export const A11y = {}, History = {}, Keyboard = {}, Navigation = {}, Pagination = {}, Scrollbar = {}, Autoplay = {};
